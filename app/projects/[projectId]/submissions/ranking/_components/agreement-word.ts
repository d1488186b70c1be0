/** What Krippendorff's alpha is taken to say (Krippendorff 2004, Content Analysis, ch. 11): from 0.8 reliable, from 0.667 tentatively so. */
export function agreementWord(alpha: number): 'well' | 'somewhat' | 'little' {
  if (alpha >= 0.8) return 'well'
  return alpha >= 0.667 ? 'somewhat' : 'little'
}
