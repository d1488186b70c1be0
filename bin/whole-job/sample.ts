import path from 'node:path'

/** The project that `npm run demo` makes, and the files it is made from. */
export const sampleProject = '鲁迅小说选（示例）'

const samples = path.resolve(import.meta.dirname, '../../public/samples')

export const sampleFiles = { train: path.join(samples, 'train.json'), test: path.join(samples, 'test.json') }
