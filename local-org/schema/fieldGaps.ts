import type { ObjectSchema } from './types';

const words = (list: string) => list.trim().split(/\s+/);

/** Names that fields of persons have on Account where an org has person accounts. */
const PERSON =
	words(`IsPersonAccount PersonContactId PersonEmail PersonTitle PersonDepartment PersonBirthdate PersonMobilePhone
	PersonHomePhone PersonOtherPhone PersonAssistantPhone PersonAssistantName PersonLeadSource PersonMailingAddress
	PersonMailingStreet PersonMailingCity PersonMailingState PersonMailingPostalCode PersonMailingCountry PersonOtherAddress
	PersonHasOptedOutOfEmail PersonDoNotCall PersonIndividualId FirstName LastName Salutation MiddleName Suffix`);

/**
 * Standard fields of real orgs that the objects of this org lack (recorded describes of Account and Contact,
 * docs:object-reference for the others). A field is taken out here when it is added to its object.
 */
const FIELDS: Record<string, string[]> = {
	Account: [
		...PERSON,
		...words(`PhotoUrl Jigsaw JigsawCompanyId CleanStatus DunsNumber Tradestyle NaicsCode NaicsDesc YearStarted DandbCompanyId
		OperatingHoursId ChannelProgramName ChannelProgramLevelName IsCustomerPortal IsPartner IsBuyer Tier ActivityMetricId`),
	],
	Asset: words(`RootAssetId Product2Id ProductCode IsCompetitorProduct UsageEndDate LifecycleStartDate LifecycleEndDate
		LocationId AssetProvidedById AssetServicedById IsInternal AssetLevel StockKeepingUnit Uuid ExternalIdentifier
		CurrentMrr CurrentQuantity CurrentAmount TotalLifecycleAmount StatusReason DigitalAssetStatus ConsequenceOfFailure`),
	Case: words(`BusinessHoursId CommunityId EntitlementId CreatorFullPhotoUrl CreatorName CreatorSmallPhotoUrl FeedItemId
		HasCommentsUnreadByOwner HasSelfServiceComments IsClosedOnCreate IsSelfServiceClosed IsStopped IsVisibleInSelfService
		Language MilestoneStatus ProductId QuestionId ServiceContractId SlaExitDate SlaStartDate SourceId StopStartDate
		AssetWarrantyId MayEdit IsLocked`),
	Attachment: words('IsEncrypted IsPartnerShared ConnectionReceivedId ConnectionSentId'),
	ContentDocument: words(`ParentId ArchivedById ArchivedDate SharingOption SharingPrivacy ContentAssetId LastViewedDate
		LastReferencedDate`),
	ContentVersion:
		words(`ContentUrl ContentBodyId RatingCount PositiveRatingCount NegativeRatingCount FeaturedContentBoost
		FeaturedContentDate TagCsv TextPreview NetworkId Language ExternalDataSourceId ExternalDocumentInfo1
		ExternalDocumentInfo2`),
	CaseComment: words('CreatorFullPhotoUrl CreatorName CreatorSmallPhotoUrl'),
	Contact:
		words(`PhotoUrl Jigsaw JigsawContactId CleanStatus IndividualId MiddleName Suffix HasOptedOutOfEmail HasOptedOutOfFax
		DoNotCall CanAllowPortalSelfReg IsPersonAccount IsPriorityRecord ContactSource TitleType DepartmentGroup BuyerAttributes
		ReportsToName ActivityMetricId`),
	Group: words('QueueRoutingConfigId Description DefaultDivision'),
	Event: words(`AcceptedEventInviteeIds DeclinedEventInviteeIds UndecidedEventInviteeIds EventWhoIds ClientGuid Division
		IsClientManaged IsVisibleInSelfService ServiceAppointmentId ConnectionReceivedId ConnectionSentId`),
	Lead: words(`MiddleName Suffix HasOptedOutOfEmail HasOptedOutOfFax DoNotCall CleanStatus CompanyDunsNumber DandbCompanyId
		ActivityMetricId IsPriorityRecord PartnerAccountId ScoreIntelligenceId Division ConnectionReceivedId ConnectionSentId`),
	LoginHistory:
		words(`AuthMethodReference AuthenticationServiceId CipherSuite ForwardedForIp LoginGeoId LoginSubType NetworkId
		OptionsIsGet OptionsIsPost TlsProtocol`),
	Opportunity: words(`ContractId SyncedQuoteId Territory2Id IsExcludedFromTerritory2Filter IsPrivate IsSplit
		TotalOpportunityQuantity PartnerAccountId IqScore LastAmountChangedHistoryId LastCloseDateChangedHistoryId
		ConnectionReceivedId ConnectionSentId`),
	Organization: words(`UsesWebToCase UsesWebToLead DailyWebToCaseCount DailyWebToCaseLimit
		DailyWebToLeadCount DailyWebToLeadLimit WebToCaseDefaultCreatorId WebToCaseDefaultOwnerId
		PreferencesEventScheduler PreferencesS1BrowserEnabled TotalTrustedRequestsLimit TotalTrustedRequestsUsage`),
	Profile: words('IsSsoEnabled LastViewedDate LastReferencedDate FullName Metadata'),
	RecordType: words('IsPersonType EntityDefinitionId FullName ManageableState Metadata'),
	Task: words('TaskWhoIds Division IsVisibleInSelfService ConnectionReceivedId ConnectionSentId'),
	User: words(`IsPartner PortalRole IsPortalEnabled IsPortalSelfRegistered IsPrmSuperUser CurrentStatus
		DefaultDivision HasUserVerifiedEmail HasUserVerifiedPhone MiddleName Suffix WirelessEmail WorkspaceId`),
	UserRole:
		words(`CaseAccessForAccountOwner ContactAccessForAccountOwner ForecastUserId IsPartner MayForecastManagerShare
		OpportunityAccessForAccountOwner PortalAccountId PortalAccountOwnerId PortalRole PortalType`),
};

/** Families of fields that differ from org to org; here are some of each. */
const FAMILIES: Record<string, RegExp> = {
	PermissionSet: /^Permissions[A-Z]\w+$/,
	PermissionSetLicense: /^MaximumPermissions[A-Z]\w+$/,
	Profile: /^Permissions[A-Z]\w+$/,
	User: /^User(Permissions|Preferences)[A-Z]\w+$/,
};

/** Relationships by which children are reached that are not there, whatever the object (recorded describes). */
const CHILDREN = new Set(
	words(`AcceptedEventRelations AccountCleanInfos AccountContactRelations AccountContactRoles AccountPartnersFrom
		AccountPartnersTo AccountTeamMembers ActivityHistories AlternativePaymentMethods AssociatedLocations
		AttachedContentDocuments Attachments AuthorizationFormConsents CampaignMembers CaseContactRoles CaseMilestones
		CaseSolutions CombinedAttachments ContactPointEmails ContactPointPhones ContactRequests ContentDistributions
		ContentDocumentLinks ContentVersions Contracts ContractsSigned DeclinedEventRelations DuplicateRecordItems EmailMessages
		EmailStatuses Emails Entitlements EntitlementContacts EventRelations FeedComments FeedSubscriptionsForEntity Feeds
		FieldSecurityClassifications Histories LiveChatTranscripts MessagingSessions Milestones Notes
		NotesAndAttachments OpenActivities OpportunityCompetitors OpportunityContactRoles OpportunityHistories
		OpportunityLineItems OpportunityPartnersFrom OpportunitySplits OpportunityTeamMembers Orders PartnersFrom PartnersTo
		Personas Posts ProcessInstances ProcessSteps ProductRequests ProvidedAssets Quotes RecordActionHistories
		RecordActions RecordAssociatedGroups ReturnOrders ServiceAppointments ServiceContracts ServicedAssets ServiceResources
		Shares SocialPosts TaskRelations TeamMembers TeamTemplateRecords TopicAssignments UndecidedEventRelations
		UserDefinedLabelAssignments WorkOrders
		Badges DelegatedUsers ExternalDataUserAuths FeedSubscriptions GroupMembershipRequests InstalledMobileApps
		OwnedContentDocuments SessionPermSetActivations UserEntityAccessRights UserFieldAccessRights UserPreferences
		UserProvisioningRequests UserSites`).map((name) => name.toLowerCase()),
);

/** Whether real orgs have a standard field of this name, in any case, that an object of this org lacks. */
export function isFieldGap({ name: object, fields }: ObjectSchema, name: string): boolean {
	const lower = name.toLowerCase();
	if (fields.some((field) => field.name.toLowerCase() === lower)) return false;
	if (FIELDS[object]?.some((one) => one.toLowerCase() === lower)) return true;
	return FAMILIES[object]?.test(name) ?? false;
}

/** Whether real orgs have a child relationship of this name, in any case, that an object of this org lacks. */
export const isChildGap = ({ childRelationships = [] }: ObjectSchema, name: string): boolean =>
	CHILDREN.has(name.toLowerCase()) &&
	!childRelationships.some(({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase());
