export { createEmbeddings } from './create';
export { description } from './description';
