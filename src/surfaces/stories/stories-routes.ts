import { Hono } from 'hono';
import { pageHeaders } from '#kernel/http';
import type { Assets } from '#kernel/assets';
import { stories } from './stories.ts';

/** Every page with every fixture, for looking at while building. Never mounted by `start`. */
export function storiesRoutes(assets: Assets): Hono {
  const app = new Hono();
  const headers = { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  app.get('/stories', () => {
    const items = stories.map(({ name }) => `<li><a href="/stories/${name}">${name}</a></li>`).join('');
    return new Response(`<!doctype html><html lang="en"><title>Stories</title><h1>Stories</h1><ul>${items}</ul></html>`, {
      headers,
    });
  });
  app.get('/stories/:name', (c) => {
    const story = stories.find(({ name }) => name === c.req.param('name'));
    return story ? new Response(Buffer.from(story.page(assets)), { headers }) : c.notFound();
  });
  return app;
}
