// Drives a real n8n and the sandbox server: what npm start, npm run dev and the end-to-end tests have in common.
export * from './chat';
export * from './credential';
export * from './follow';
export * from './n8n';
export * from './openAiSandbox';
export { runningProcesses, stopProcesses } from './processes';
export * from './rest';
export * from './slackSandbox';
export * from './ticketSandbox';
