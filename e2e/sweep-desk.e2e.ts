// Every screen of those who work at a desk.
import { sweep } from './sweep.ts'

sweep(true)
