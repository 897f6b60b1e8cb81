"""APScheduler 3 with its memory store and a pool of ten threads and connections, driven by bench/peers/peer.ts's messages."""
import datetime
import gc
import json
import logging
import sys
import time

import psycopg2.pool
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

CONNECTIONS = 10
WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
INSERT = "insert into {} (schedule_id, slot_at, started_at) values (%s, %s, %s) on conflict do nothing"
logging.basicConfig(level=logging.CRITICAL)


def say(**message):
    print(json.dumps(message), flush=True)


def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


def trigger(expression, zone):
    second, minute, hour, day, month, weekday = expression.split()
    names = weekday if weekday == "*" else ",".join(WEEKDAYS[int(value)] for value in weekday.split(","))
    return CronTrigger(second=second, minute=minute, hour=hour, day=day, month=month, day_of_week=names, timezone=zone)


specification = hear()
connection = specification["connection"]
due_at = specification["dueAt"]
tolerance = specification["toleranceMs"]
pool = psycopg2.pool.ThreadedConnectionPool(
    CONNECTIONS,
    CONNECTIONS,
    host=connection["host"],
    port=connection["port"],
    user=connection["user"],
    password=connection.get("password"),
    dbname=connection["database"],
)


def fire(schedule):
    now = datetime.datetime.now(datetime.timezone.utc)
    # It does not say which slot it fires for.
    slot = datetime.datetime.fromtimestamp(due_at / 1000, datetime.timezone.utc) if due_at else now.replace(microsecond=0)
    client = pool.getconn()
    try:
        client.autocommit = True
        with client.cursor() as cursor:
            cursor.execute(INSERT.format("fired"), (schedule, slot, now))
            if cursor.rowcount == 0:
                cursor.execute(INSERT.format("doubled"), (schedule, slot, now))
    finally:
        pool.putconn(client)


gc.collect()
say(ready=True)
hear()
started = time.perf_counter()
defaults = {} if tolerance is None else {"misfire_grace_time": tolerance / 1000}
scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(CONNECTIONS)}, job_defaults=defaults)
patterns = specification["patterns"]
for schedule in range(specification["schedules"]):
    pattern = patterns[schedule % len(patterns)]
    scheduler.add_job(fire, trigger(pattern["expression"], pattern["zone"]), args=[schedule], id=str(schedule))
scheduler.start()
say(armed=specification["schedules"], tookMs=(time.perf_counter() - started) * 1000, at=time.time() * 1000)
hear()
