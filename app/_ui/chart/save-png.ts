/** Twice as fine as the screen, so that a picture stands being put into a text. */
const fineness = 2
const edge = 16
const lineHeight = 20

export type PngLegend = { name: string; colour: string; dash: string | undefined }

/** Draws a chart's SVG with its title and legend into a PNG, in the colours of the theme, and has the browser save it. */
export async function savePng(svg: SVGSVGElement, fileName: string, title: string, legend: readonly PngLegend[]): Promise<void> {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--color-${name}`).trim()
  const { width, height } = svg.getBoundingClientRect()
  const top = edge + lineHeight * (legend.length > 0 ? 2 : 1)
  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * edge) * fineness
  canvas.height = (top + height + edge) * fineness
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(fineness, fineness)
  pen.fillStyle = colour('raised')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = colour('ink')
  pen.font = `600 14px ${style.getPropertyValue('--font-sans')}`
  pen.fillText(title, edge, edge + 10)
  drawLegend(pen, legend, colour, style.getPropertyValue('--font-sans'))
  pen.drawImage(await picture(svg, width, height, colour, style.getPropertyValue('--font-sans')), edge, top, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) save(blob, fileName)
}

function drawLegend(pen: CanvasRenderingContext2D, legend: readonly PngLegend[], colour: (name: string) => string, font: string): void {
  pen.font = `12px ${font}`
  let x = edge
  const y = edge + lineHeight + 6
  for (const each of legend) {
    pen.strokeStyle = colour(each.colour)
    pen.lineWidth = 2
    pen.setLineDash((each.dash ?? '').split(' ').filter(Boolean).map(Number))
    pen.beginPath()
    pen.moveTo(x, y)
    pen.lineTo(x + 24, y)
    pen.stroke()
    pen.fillStyle = colour('muted')
    pen.fillText(each.name, x + 30, y + 4)
    x += 30 + pen.measureText(each.name).width + 18
  }
}

/** The SVG as an image: out of the page it knows none of the page's variables, so their values are written in. */
async function picture(svg: SVGSVGElement, width: number, height: number, colour: (name: string) => string, font: string): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true)
  if (copy instanceof SVGElement) copy.setAttribute('font-family', font)
  const text = new XMLSerializer().serializeToString(copy).replaceAll(/var\(--color-([a-z-]+)\)/g, (_, name: string) => colour(name))
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  return image
}

function save(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
