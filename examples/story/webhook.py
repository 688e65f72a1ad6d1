#!/usr/bin/env python3
"""Takes the notifications of a webhook receiver and prints a line for each alert. The port is the first argument."""
import http.server
import json
import sys


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for alert in body["alerts"]:
            print(f"PAGE {alert['status']} {alert['labels']['alertname']}: {alert['annotations'].get('summary', '')}", flush=True)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()
