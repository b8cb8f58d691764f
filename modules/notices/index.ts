export { notices } from './module.ts'
