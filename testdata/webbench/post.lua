wrk.method = "POST"
wrk.body = '{"target": 21.5}'
wrk.headers["Content-Type"] = "application/json"
