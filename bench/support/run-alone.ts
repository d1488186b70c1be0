/** What the trainer is told besides a run's settings, of a run on this machine that begins with nothing and is not measured on pairs held out. */
export const runAlone = {
  start_checkpoint: '',
  validation_file: '',
  system: '',
  user_template: '{{premise}}',
  sample_premises: [],
  base_weights_sha256: '',
  processes: 1,
  machines: 1,
  main_address: '',
  main_port: 0,
}
