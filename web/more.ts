// What opens with the second screen: the rest of the style and of the drawings.
import './styles/more.css'
import { icons } from './icons.ts'
import { moreIcons } from './more-icons.ts'

icons.value = { ...icons.value, ...moreIcons }
