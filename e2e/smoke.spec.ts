import { flows } from './smoke/flows.js'
import { inPlaywright } from './smoke/smokeTest.js'

flows(inPlaywright)
