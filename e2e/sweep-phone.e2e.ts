// Every screen of those who work on a phone.
import { sweep } from './sweep.ts'

sweep(false)
