import { assertSucceeded, followExecution, outputOf } from '../../sandbox/n8n';
import { type Mailbox, startMailbox } from '../../sandbox/mail';

import { openStage, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(180_000);

const TRIGGER = 'Start Here';

let stage: Stage;
let mailbox: Mailbox;
let model: string;
let warning: string;

beforeAll(async () => {
	mailbox = await startMailbox();
	stage = await openStage('retirement');
	await stage.rest.putCredential({
		name: 'SMTP account',
		type: 'smtp',
		data: { host: '127.0.0.1', port: mailbox.smtpPort, secure: false, disableStartTls: true },
	});
	const made = await stage.run(exportedWorkflow('utility-fine-tune-openai-model.json'), TRIGGER);
	assertSucceeded(made);
	model = String(outputOf(made, 'Write Message')[0].json.model);
	const workflow = exportedWorkflow('model-retirement-warning.json');
	({ id: warning } = await stage.rest.createWorkflow(workflow));
});

afterAll(async () => {
	await stage?.close();
	await mailbox?.close();
});

async function warn() {
	const execution = await stage.rest.runWorkflow(warning, TRIGGER);
	return await followExecution(stage.rest, execution, { timeoutMs: 60_000 });
}

describe('the warning before a model is shut down, as exported', () => {
	test('mails each model with its date, its file and what to do', async () => {
		assertSucceeded(await warn());
		const [mail] = mailbox.messages.splice(0);
		expect(mail.subject).toMatch(/^\d+ fine-tuned models: (\d+ days left|shut down)$/);
		expect(mail.text).toContain(`- ${model}\n`);
		expect(mail.text).toMatch(/shut down (on|since) 2027-01-14/);
		expect(mail.text).toMatch(/trained with file-\S+/);
		expect(mail.text).toContain('Move a Model to Another Provider');
		expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
	});

	test('does not mail the same again', async () => {
		assertSucceeded(await warn());
		expect(mailbox.messages).toEqual([]);
	});
});
