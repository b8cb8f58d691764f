// The body's Markdown, as far as a notice needs it: no HTML, no pictures, links only to the web and to phones.
import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt('zero', { breaks: true }).enable([
  'list',
  'emphasis',
  'heading',
  'link',
  'blockquote',
  'newline',
  'escape',
])
markdown.validateLink = url => /^(https?:\/\/|tel:\+?\d)/i.test(url)
markdown.renderer.rules['heading_open'] = () => '<h3>'
markdown.renderer.rules['heading_close'] = () => '</h3>\n'
markdown.renderer.rules['link_open'] = (tokens, index, options, _, self) => {
  tokens[index]!.attrSet('rel', 'nofollow noopener noreferrer')
  return self.renderToken(tokens, index, options)
}

/** Safe HTML of a body. */
export const toHtml = (body: string) => markdown.render(body)
