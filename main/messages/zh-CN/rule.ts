import type { RuleName, RuleSubject } from '../../domain/policy/rule-name.js';
import { shortName } from '../short.js';
import { list } from './format.js';

export const rule = ({ rule: id, subject }: RuleName): string =>
  subject === undefined ? `规则“${id}”` : words(subject);

export const theRule = (name: RuleName): string =>
  name.subject === undefined ? rule(name) : `规则（${rule(name)}）`;

function words({ by, of }: RuleSubject): string {
  switch (by) {
    case 'toggle':
      return '你的设置';
    case 'name':
      return `名称 ${list(of.map(shortName))}`;
    case 'label':
      return `Label ${list(of)}`;
    case 'project':
      return of.length > 1 ? '项目' : of[0] === 'gone' ? '项目已不在' : '项目仍在本机';
    case 'platform':
      return `平台 ${list(of)}`;
    case 'origin':
      return `来源 ${list(of)}`;
    case 'size':
      return `大小超过 ${list(of)}`;
    case 'untagged':
      return '没有名称';
    case 'all':
      return '针对所有镜像的规则';
  }
}
