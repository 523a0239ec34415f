import './page.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { takeKeyFromAddress } from './api/session.ts';
import { App } from './app/app.tsx';

takeKeyFromAddress();
const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
