import { isDomain } from './properties.ts';

/** Providers whose many countries share a name: yahoo.fr, hotmail.co.uk, gmx.at. */
const FAMILIES = new Set(
  'aol fastmail freenet gmail gmx googlemail hotmail icloud live mail msn outlook proton protonmail rocketmail tutanota yahoo yandex ymail zoho'.split(
    ' ',
  ),
);
const COUNTRY = /^(?:com|de|net|org|co|me|[a-z]{2}|com?\.[a-z]{2})$/u;

/** Mail for everybody: who writes from here says nothing about where they work. */
const FREE_MAIL = new Set(
  (
    '126.com 139.com 163.com 1und1.de a1.net aikq.de alice.de alice.it aliyun.com arcor.de att.net bellsouth.net bigpond.com bluewin.ch ' +
    'bluemail.ch btinternet.com centrum.cz chello.at comcast.net cox.net duck.com duocircle.com email.com email.cz email.de eclipso.de ' +
    'free.fr gmx.com.br hey.com hispeed.ch hush.com hushmail.com inbox.lv inbox.ru interia.pl internode.on.net ' +
    'kabelmail.de kpnmail.nl laposte.net libero.it list.ru mac.com mail.ru mailbox.org mailfence.com me.com ' +
    'mozmail.com naver.com netcologne.de neuf.fr o2.pl o2online.de o2mail.de onet.pl online.de online.no orange.fr passmail.net pm.me ' +
    'posteo.de posteo.net privaterelay.appleid.com qq.com rambler.ru riseup.net runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr ' +
    'shaw.ca sina.com skynet.be sky.com sunrise.ch t-online.de talktalk.net telenet.be telia.com terra.com.br tiscali.it tuta.com tuta.io ' +
    'tutamail.com ukr.net uol.com.br users.noreply.github.com verizon.net versanet.de virgilio.it virginmedia.com vodafone.de ' +
    'vodafonemail.de wanadoo.fr web.de wp.pl ya.ru ziggo.nl'
  ).split(' '),
);

const isFreeMail = (domain: string): boolean => {
  const dot = domain.indexOf('.');
  return FREE_MAIL.has(domain) || (FAMILIES.has(domain.slice(0, dot)) && COUNTRY.test(domain.slice(dot + 1)));
};

/**
 * The domain that stands for the sender's company, in small letters. None for free mail, for the desk's own domains and what
 * lies below them, and for what is no domain on the internet.
 */
export const companyDomainOf = (address: string, ownDomains: readonly string[]): string | undefined => {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/u, '');
  if (!address.includes('@') || !isDomain(domain) || /\.(?:\d+|local|internal|lan|invalid|localdomain)$/u.test(domain))
    return undefined;
  const own = ownDomains.map((each) => each.trim().toLowerCase());
  return isFreeMail(domain) || own.some((each) => domain === each || domain.endsWith(`.${each}`)) ? undefined : domain;
};
