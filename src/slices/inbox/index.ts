export { classifyReply, readReply, type Reply, type ReplyClass } from './domain/classify-reply.js'
