export const pagesEn = {}
