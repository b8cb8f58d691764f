export const pagesVi = {}
