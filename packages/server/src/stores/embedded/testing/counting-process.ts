// Says what it sees of a counter that it has inherited as file 4.
import { ChangeCounter } from '../change-counter.ts'

const counter = ChangeCounter.inherited(4)
process.on('message', () => process.send?.({ state: counter.state() }))
