/** A named value, as the literal that stands for it in the query; several for a list. */
export type Binding = string | string[];
