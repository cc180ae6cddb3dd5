/** Runs until it is stopped; the first line it prints is the addresses as JSON. */
import { startTicketSystems } from './index';

async function main(): Promise<void> {
	const systems = await startTicketSystems();
	process.stdout.write(`${JSON.stringify(systems.addresses)}\n`);
	const stop = () => void systems.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
	process.exitCode = 1;
});
