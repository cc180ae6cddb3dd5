/** Names and texts that the model gets to see. */

/** The function that a model calls, and the name of the schema where it answers with JSON. */
export const SAVE_PAIRS = 'save_pairs';

export const DEFAULT_SYSTEM_MESSAGE = `You turn help-desk tickets into pairs of question and answer, from which a support assistant will learn.

Write one pair for each separate problem of the ticket that other people could have as well:
- question: the problem as one self-contained question. Whoever reads it does not know the ticket, so name the product, the circumstances and the error message that matter.
- answer: the complete solution, as a good agent would give it at once: all steps, commands, links and conditions, in order. Leave out what was tried in vain.
- solved: true only if the ticket shows an answer that settles the problem and nobody contradicts it later.
- confidence: from 0 to 1, how sure you are that the pair is correct, complete and useful to others.

Use only what the ticket says; add nothing from elsewhere. Keep code, commands, paths and error messages exactly as they are. Leave out names, e-mail addresses, phone numbers, ticket numbers, greetings, thanks and signatures. If nothing in the ticket could help others, give an empty list of pairs.`;
