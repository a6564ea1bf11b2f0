import { describe, expect, it } from '@jest/globals';
import { bodyText } from '../../../src/outbound/graph/body-text.ts';

const html = (content: string, isReply = false) => bodyText({ contentType: 'html', content }, isReply);
const text = (content: string, isReply = false) => bodyText({ contentType: 'text', content }, isReply);

describe('what a customer wrote in HTML', () => {
  it('reads as plain text with its paragraphs, lists and links', () => {
    const { text: said } = html(
      '<h1>Printer</h1><p>It smokes.<br>Since today.</p><ul><li>red</li></ul><a href="https://a.example/x">see</a>',
    );
    expect(said).toBe('Printer\n\nIt smokes.\nSince today.\n\n - red\n\nsee [https://a.example/x]');
  });
  it('is kept whole, without anything that acts or calls home', () => {
    const { whole = '' } = html(
      '<p onclick="steal()">Hi</p><script>steal()</script><style>p{background:url(//evil.example)}</style>' +
        '<img src="https://evil.example/pixel.gif" alt="logo"><img src="data:image/svg+xml;base64,PHN2Zz4="><img src="cid:shot@1">' +
        '<a href="javascript:steal()">x</a><iframe src="https://evil.example"></iframe><form action="https://evil.example"><input></form>' +
        '<img src="data:image/png;base64,iVBORw0KGgo="><a href="https://a.example">y</a>',
    );
    expect(whole).not.toMatch(/steal|evil\.example|svg|iframe|form|style/);
    expect(whole).toContain('<p>Hi</p>');
    expect(whole).toContain('<img alt="logo" />');
    expect(whole).toContain('src="cid:shot@1"');
    expect(whole).toContain('src="data:image/png;base64,iVBORw0KGgo="');
    expect(whole).toContain('<a href="https://a.example" rel="noopener noreferrer nofollow" target="_blank">');
  });
  it('says nothing that only a machine reads', () => {
    expect(html('<head><title>Mail</title><style>p{}</style></head><!-- hidden --><p>Seen</p>').text).toBe('Seen');
  });
  it('may be empty', () => {
    expect(html('').text).toBe('');
  });
});

describe('HTML made to exhaust its reader', () => {
  /** The fallback keeps words only; it would be a tree of tags had a parser gone through it. */
  const onlyWords = (content: string): string => {
    const { text: said, whole } = html(content);
    expect(whole).toMatch(/^<!DOCTYPE html>\n<meta charset="utf-8">\n<pre>[^<]*<\/pre>\n$/);
    return said;
  };
  it('is only stripped of its tags when 600 KB of tags are nested', () => {
    expect(onlyWords(`${'<b>'.repeat(200_000)}Help &amp; hurry`)).toBe('Help & hurry');
  });
  it('cannot hide its depth behind attributes, comments and raw text', () => {
    expect(onlyWords(`${'<b title="</b>">'.repeat(1_000)}Help`)).toContain('Help');
    expect(onlyWords(`${'<b><!--</b>-->'.repeat(1_000)}Help`)).toContain('Help');
    expect(onlyWords(`${'<b><style></b></style>'.repeat(1_000)}Help`)).toContain('Help');
  });
  it('is only stripped when it is larger than 1 MB or has too many tags', () => {
    expect(onlyWords(`<p>Help</p>${' '.repeat(1_000_000)}`)).toBe('Help');
    expect(onlyWords(`<p>Help</p>${'<i></i>'.repeat(60_000)}`)).toBe('Help');
  });
  it('keeps breaks and leaves out scripts and styles when it is stripped', () => {
    const deep = '<b>'.repeat(300);
    expect(onlyWords(`${deep}One<br>Two<SCRIPT>steal()</SCRIPT><p>Three</p><style>never closed`)).toBe(
      'One\nTwo\nThree',
    );
  });
  it.each([
    ['opening brackets', '<'.repeat(3_000_000)],
    ['unclosed styles', '<style '.repeat(400_000)],
    ['unclosed comments', '<!--'.repeat(400_000)],
    ['spaces', `${' '.repeat(2_000_000)}x`],
    ['entities', '&amp'.repeat(400_000)],
  ])('comes to an end with %s', (_what, content) => {
    expect(html(content).text.length).toBeLessThanOrEqual(200_000);
  });
});

describe('plain text', () => {
  it('stays as it is and needs no second copy', () => {
    expect(text('Line one\r\nLine two\u0000\r\n\r\n\r\n\r\nEnd  ')).toEqual({ text: 'Line one\nLine two\n\nEnd' });
  });
  it('is cut at 200,000 characters and kept whole beside it', () => {
    const { text: said, whole } = text('<a>'.repeat(100_000));
    expect(said).toHaveLength(200_000);
    expect(whole).toContain('&lt;a&gt;'.repeat(100_000));
  });
  it('never breaks a character apart', () => {
    expect(text(`${'x'.repeat(199_998)}😀😀😀`).text.isWellFormed()).toBe(true);
  });
});

describe('a reply shows what is new', () => {
  it.each([
    ['Outlook', '<p>Still broken</p><div id="divRplyFwdMsg"><b>From:</b> Desk</div><p>old</p>'],
    ['Outlook on the web', '<p>Still broken</p><div id="x_appendonsend"></div><hr><p>old</p>'],
    [
      'Gmail',
      '<p>Still broken</p><div class="gmail_quote"><div class="gmail_attr">On Mon, 5 Jan 2026 at 10:00, Desk &lt;desk@contoso.example&gt; wrote:<br></div><blockquote class="gmail_quote">old</blockquote></div>',
    ],
    ['Apple Mail', '<p>Still broken</p><blockquote type="cite"><p>old</p></blockquote>'],
    [
      'Thunderbird',
      '<p>Still broken</p><div class="moz-cite-prefix">Am 05.01.26 um 10:00 schrieb Desk:<br></div><blockquote type="cite">old</blockquote>',
    ],
    [
      'Exchange from text',
      '<div class="PlainText">Still broken<br><br>-----Original Message-----<br>From: Desk<br>old</div>',
    ],
  ])('in the HTML of %s', (_client, content) => {
    const { text: said, whole } = html(content, true);
    expect(said).toBe('Still broken');
    expect(whole).toContain('old');
  });
  it.each([
    ['an original message', 'Still broken\n\n-----Original Message-----\nFrom: Desk\nold'],
    ['a German original message', 'Still broken\n\n-----Ursprüngliche Nachricht-----\nVon: Desk\nold'],
    [
      'a header block',
      'Still broken\n\n________________________________\nVon: Desk <desk@contoso.example>\nGesendet: Montag, 5. Januar 2026 10:00\nAn: Carla\n\nold',
    ],
    ['a quotation', 'Still broken\n\nOn Mon, 5 Jan 2026 at 10:00, Desk wrote:\n> old\n>\n> older'],
    [
      'a wrapped attribution',
      'Still broken\n\nAm Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Contoso Service Desk\n<desk@contoso.example>:\n\n> old',
    ],
  ])('in text above %s', (_what, content) => {
    const { text: said, whole } = text(content, true);
    expect(said).toBe('Still broken');
    expect(whole).toContain('old');
  });
  it('keeps what was written below and between quotes', () => {
    expect(text('On Monday, Desk wrote:\n> old\n\nMy answer\n\n> older\nSecond answer', true).text).toBe(
      'My answer\n\n> older\nSecond answer',
    );
    expect(html('<blockquote type="cite">old</blockquote><p>My answer</p>', true).text).toBe('My answer');
  });
  it('keeps everything when nothing else would remain', () => {
    expect(text('On Monday, Desk wrote:\n> old', true).text).toBe('On Monday, Desk wrote:\n> old');
    expect(html('<div id="divRplyFwdMsg">From: Desk</div><p>old</p>', true).text).toContain('old');
    expect(html('<blockquote type="cite">old</blockquote>', true).text).toContain('old');
  });
  it('takes no sentence for a boundary', () => {
    const said = 'On Tuesday the vendor wrote:\nreplace it\n\nFrom: our point of view\nthat is fine';
    expect(text(said, true).text).toBe(said);
  });
  it('keeps a forwarded mail, which is what the customer shows', () => {
    expect(text('FYI\n\n-----Original Message-----\nFrom: Vendor\nthe fault', false).text).toContain('the fault');
  });
});
