// The real service costs money: nothing is sent there without an explicit yes.
import { createInterface } from 'node:readline/promises';
import { StepFailure } from './progress.mjs';

const STEP = 'choose the service';
const NOTICE = `
The real OpenAI service would be used with the key in OPENAI_API_KEY: 64 sample questions and
answers are uploaded and one training job is started (about 4,000 tokens an epoch, billed to
your account), then a few questions are asked. OpenAI takes new jobs only from organizations
that use fine-tuned models already.`;

/** Resolves with whether to use OpenAI's service instead of the sandbox. */
export async function agreeToRealService({ real, yes, once }) {
	const hasKey = Boolean(process.env.OPENAI_API_KEY);
	if (real && !hasKey)
		throw new StepFailure(
			STEP,
			'Set OPENAI_API_KEY to use the real service, or leave --real away.',
		);
	if (real && yes) return true;
	const canAsk = process.stdin.isTTY && process.stdout.isTTY;
	if (real && !canAsk)
		throw new StepFailure(
			STEP,
			'Nobody can be asked here. Add --yes to agree to the cost of --real.',
		);
	// An unattended run never goes to the service because a key happens to be set.
	if (!hasKey || !canAsk || (once && !real)) return false;
	const agreed = await askForYes();
	if (real && !agreed)
		throw new StepFailure(STEP, 'Nothing was sent to OpenAI: the answer was not "yes".');
	return agreed;
}

async function askForYes() {
	const prompt = createInterface({ input: process.stdin, output: process.stdout });
	// While it waits for a line, readline keeps Ctrl-C to itself.
	prompt.once('SIGINT', () => process.emit('SIGINT'));
	try {
		const answer = await prompt.question(
			`${NOTICE}\nUse it? Type "yes", or Enter for the sandbox: `,
		);
		return answer.trim().toLowerCase() === 'yes';
	} finally {
		prompt.close();
	}
}
