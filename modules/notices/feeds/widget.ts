// The script that another site puts into its page: it sets a frame where it stands, and does nothing else. The frame itself has
// no script, no form and no cookie.
export const widgetScript = `(function (d) {
  var s = d.currentScript, unit = s && s.getAttribute('data-unit')
  if (!unit) return
  var ask = ['topic', 'limit', 'theme'].map(function (name) {
    var said = s.getAttribute('data-' + name)
    return said ? name + '=' + encodeURIComponent(said) : ''
  }).filter(Boolean).join('&')
  var f = d.createElement('iframe')
  f.src = s.src.replace(/\\/widget\\.js.*$/, '') + '/embed/' + encodeURIComponent(unit) + (ask ? '?' + ask : '')
  f.title = s.getAttribute('data-title') || 'Loa Làng'
  f.setAttribute('loading', 'lazy')
  f.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox')
  f.style.cssText = 'width:100%;border:0;height:' + (parseInt(s.getAttribute('data-height'), 10) || 420) + 'px'
  s.parentNode.insertBefore(f, s)
})(document)
`
