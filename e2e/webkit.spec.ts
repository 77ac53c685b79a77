import { flows } from './smoke/flows.js'
import { inWebKit } from './smoke/smokeTest.js'

flows(inWebKit)
