import { inputOptions } from '../../../shared/chat/inputOptions';
import { modelOptions } from '../../../shared/chat/modelOptions';
import { optionsCollection } from '../../../shared/fields';

export const optionFields = optionsCollection([...inputOptions, ...modelOptions], {
	description: 'Only the options added here are sent; for the rest the server uses its own values',
});
