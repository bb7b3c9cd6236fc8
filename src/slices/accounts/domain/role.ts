/** The same three as platform/access knows; the domain names them itself, because it knows nothing outside the kernel. */
export type Role = 'viewer' | 'operator' | 'owner'
