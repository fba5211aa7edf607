import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, KmsResourceTag, KmsTag } from './shared-types.ts'

/**
 * One key, secret or certificate.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/TagResource
 */
export type TaggedObject =
  | {
      /** Id of the key. */
      readonly keyId: string
      /** Not given here. */
      readonly secretName?: never
      /** Not given here. */
      readonly certificateId?: never
    }
  | {
      /** Name of the secret. */
      readonly secretName: string
      /** Not given here. */
      readonly keyId?: never
      /** Not given here. */
      readonly certificateId?: never
    }
  | {
      /** Id of the certificate. */
      readonly certificateId: string
      /** Not given here. */
      readonly keyId?: never
      /** Not given here. */
      readonly secretName?: never
    }

/**
 * A tag of a key.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListResourceTags
 */
export interface TagOfKey {
  /** Id of the key. */
  readonly keyId: string
  /** Name of the tag. */
  readonly tagKey: string
  /** Its value. */
  readonly tagValue: string
}

/**
 * A tag of a key or secret.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListTagResources
 */
export interface TagOfResource {
  /** Id of the key, or name of the secret. */
  readonly resourceId: string
  /** As the request spelled it. */
  readonly resourceType: string
  /** Name of the tag. */
  readonly tagKey: string
  /** Its value. */
  readonly tagValue: string
}

/** What TagResource is asked. */
export type TagResourceRequest = TaggedObject & {
  /** At most 20; as a list or its JSON text. */
  readonly tags: readonly KmsTag[] | string
}

/** What UntagResource is asked. */
export type UntagResourceRequest = TaggedObject & {
  /** Names; as a list or its JSON text. */
  readonly tagKeys: readonly string[] | string
}

/** What ListResourceTags is asked. */
export interface ListResourceTagsRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What ListResourceTags answers. */
export interface ListResourceTagsResponseBody extends KmsEmptyBody {
  /** All tags of the key. */
  readonly tags: {
    /** One for each tag. */
    readonly tag: readonly TagOfKey[]
  }
}

/** What TagResources is asked. */
export interface TagResourcesRequest {
  /** Region of the resources. */
  readonly regionId: string
  /** What the resource is. */
  readonly resourceType: 'key' | 'secret'
  /** Ids of at most 50 keys, or names of secrets. */
  readonly resourceId: readonly string[]
  /** At most 20. */
  readonly tag: readonly KmsResourceTag[]
}

/** What UntagResources is asked. */
export interface UntagResourcesRequest {
  /** Region of the resources. */
  readonly regionId: string
  /** What the resource is. */
  readonly resourceType: 'key' | 'secret'
  /** Ids of at most 50 keys, or names of secrets. */
  readonly resourceId: readonly string[]
  /** At most 20. */
  readonly tagKey?: readonly string[]
  /** Every tag; counts only without `tagKey`. */
  readonly all?: boolean
}

/** What ListTagResources is asked. */
export interface ListTagResourcesRequest {
  /** Region of the resources. */
  readonly regionId: string
  /** What the resource is. */
  readonly resourceType: 'key' | 'secret'
  /** Ids of at most 50 keys, or names of secrets. */
  readonly resourceId?: readonly string[]
  /** At most 20. */
  readonly tag?: readonly KmsResourceTag[]
  /** Where the next page begins; empty at the end. */
  readonly nextToken?: string
}

/** What ListTagResources answers. */
export interface ListTagResourcesResponseBody extends KmsEmptyBody {
  /** Where the next page begins; empty at the end. */
  readonly nextToken: string
  /** The page. */
  readonly tagResources: {
    /** One for each tag of each resource. */
    readonly tagResource: readonly TagOfResource[]
  }
}

/** Actions on tags. */
export interface KmsTagActions {
  /**
   * Adds tags, or gives them new values.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/TagResource
   */
  tagResource(
    request: TagResourceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Takes tags away; absent ones are ignored.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UntagResource
   */
  untagResource(
    request: UntagResourceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists the tags of a key.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListResourceTags
   */
  listResourceTags(
    request: ListResourceTagsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListResourceTagsResponseBody>>
  /**
   * Adds tags to several keys or secrets.
   * @throws ClavigerError with code `InvalidParameter.TagKey`, `Duplicate.TagKey`,
   *   `InvalidResourceId.NotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/TagResources
   */
  tagResources(
    request: TagResourcesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Takes tags of several keys or secrets away.
   * @throws ClavigerError with code `InvalidResourceId.NotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UntagResources
   */
  untagResources(
    request: UntagResourcesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists tags of keys or secrets, 200 at a time.
   * @throws ClavigerError with code `InvalidResourceId.NotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListTagResources
   */
  listTagResources(
    request: ListTagResourcesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListTagResourcesResponseBody>>
}
