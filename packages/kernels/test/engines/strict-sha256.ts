// The SHA-256 of strict-results.mjs on the reference backend; every strict engine must give it.
export const STRICT_SHA256 = "51015444db977fbdca1aa68ef1761a704e7a9d16c2f8b68eb3a360bd9069b2f6";
