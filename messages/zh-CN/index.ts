import duplicates from './duplicates.json'
import frame from './frame.json'
import jobs from './jobs.json'
import novels from './novels.json'
import pairs from './pairs.json'
import passages from './passages.json'
import premises from './premises.json'
import projects from './projects.json'
import prompts from './prompts.json'
import settings from './settings.json'
import stories from './stories.json'
import submissions from './submissions.json'
import training from './training.json'
import ui from './ui.json'
import writer from './writer.json'

/** One file a page area; the other language has the same. */
export default { duplicates, frame, jobs, novels, pairs, passages, premises, projects, prompts, settings, stories, submissions, training, ui, writer }
