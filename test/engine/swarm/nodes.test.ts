import { describe } from 'vitest';
import { holdsOnNodes } from '../../support/service-cases.js';

describe('a service on three nodes', () => holdsOnNodes());
