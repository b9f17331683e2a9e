"""The clocks a second time, in plain SQL over the log: no line of it is shared with the reporting room.

The log is read as sets: what is void is found by counting brackets, pauses by the lines that end them, working time by
adding up the days that a table holds. Seconds since 1970 throughout.
"""

from __future__ import annotations

EPOCH = {
    "sqlite": "CAST(strftime('%s', substr({0}, 1, 19)) AS INTEGER)",
    "postgresql": "CAST(floor(extract(epoch FROM {0})) AS BIGINT)",
}

TABLES = (
    "CREATE TEMPORARY TABLE wanted (case_id INTEGER PRIMARY KEY, as_of BIGINT NOT NULL, version INTEGER NOT NULL)",
    "CREATE TEMPORARY TABLE span (version INTEGER NOT NULL, opens BIGINT NOT NULL, closes BIGINT NOT NULL)",
)
"""Which case as of when, by which calendar; and when the company is open by it."""

QUERY = """
WITH line AS (
    SELECT e.id, e.case_id, e.was, e.became, e."by", e.mark, e.respond_by, e.correspondent, w.as_of, w.version,
           {received} AS received, {at} AS raw
    FROM case_event e JOIN wanted w ON w.case_id = e.case_id JOIN case_ c ON c.id = e.case_id
    WHERE {at} <= w.as_of
), timed AS (
    SELECT line.*, MAX(CASE WHEN raw > received THEN raw ELSE received END)
        OVER (PARTITION BY case_id ORDER BY id ROWS UNBOUNDED PRECEDING) AS t,
        -- an opening bracket for each response that is no answer, a closing one for each that came back
        SUM(CASE mark WHEN 'responded' THEN 1 WHEN 'asked' THEN 1 WHEN 'undelivered' THEN -1 ELSE 0 END)
            OVER (PARTITION BY case_id ORDER BY id ROWS UNBOUNDED PRECEDING) AS depth
    FROM line
), matched AS (
    SELECT a.*, (SELECT MIN(b.id) FROM timed b WHERE b.case_id = a.case_id AND b.id > a.id
                 AND b.mark = 'undelivered' AND b.depth < a.depth) AS void_by,
           (SELECT MIN(b.id) FROM timed b WHERE b.case_id = a.case_id AND b.id > a.id
                 AND b.mark = 'withdrawn') AS withdrawn_by,
           (SELECT MIN(b.id) FROM timed b WHERE b.case_id = a.case_id AND b.id > a.id AND (
                b.mark IN ('answered', 'withdrawn') OR (b.mark = 'heard' AND b.became <> 'answered'))) AS ended_by
    FROM timed a
), response AS (
    SELECT m.case_id, MIN(m.t) AS t
    FROM matched m LEFT JOIN timed w ON w.id = m.withdrawn_by AND w.case_id = m.case_id
    WHERE (m.mark IN ('responded', 'asked') AND m.void_by IS NULL)
       OR (m.mark = 'answered' AND (w.id IS NULL OR w."by" <> 'mailbot'))
    GROUP BY m.case_id
), answer AS (
    SELECT case_id, MIN(t) AS t FROM matched WHERE mark = 'answered' AND withdrawn_by IS NULL GROUP BY case_id
), begun AS (
    SELECT m.case_id, m.id, m.t, m.ended_by, m.as_of FROM matched m
    WHERE m.mark = 'asked'
      -- not while an answer stands
      AND COALESCE((SELECT b.mark FROM timed b WHERE b.case_id = m.case_id AND b.id < m.id
                    AND b.mark IN ('answered', 'withdrawn') ORDER BY b.id DESC LIMIT 1), '') <> 'answered'
      -- and not where it came back before the pause had ended
      AND (m.void_by IS NULL OR (m.ended_by IS NOT NULL AND m.ended_by < m.void_by))
), pause AS (
    -- of several questions in one pause the first begins it
    SELECT b.case_id, MIN(b.t) AS begins,
           COALESCE((SELECT e.t FROM timed e WHERE e.case_id = b.case_id AND e.id = b.ended_by), MAX(b.as_of)) AS ends,
           MAX(CASE WHEN b.ended_by IS NULL THEN 1 ELSE 0 END) AS running
    FROM begun b GROUP BY b.case_id, b.ended_by
), known AS (
    SELECT w.case_id, w.version, w.as_of, {received} AS received, r.t AS responded, a.t AS answered,
           (SELECT l.became FROM line l WHERE l.case_id = w.case_id ORDER BY l.id DESC LIMIT 1) AS state,
           (SELECT {due} FROM line l WHERE l.case_id = w.case_id AND l.respond_by IS NOT NULL
            ORDER BY l.id DESC LIMIT 1) AS due,
           (SELECT l.correspondent FROM line l WHERE l.case_id = w.case_id AND l.correspondent IS NOT NULL
            ORDER BY l.id DESC LIMIT 1) AS correspondent,
           (SELECT MAX(running) FROM pause p WHERE p.case_id = w.case_id) AS paused
    FROM wanted w JOIN case_ c ON c.id = w.case_id
    LEFT JOIN response r ON r.case_id = w.case_id LEFT JOIN answer a ON a.case_id = w.case_id
), stretch AS (
    SELECT case_id, 'response' AS what, 1 AS sign, version, received AS begins,
           COALESCE(responded, CASE WHEN as_of > received THEN as_of ELSE received END) AS ends FROM known
    UNION ALL
    SELECT case_id, 'answer', 1, version, received,
           COALESCE(answered, CASE WHEN as_of > received THEN as_of ELSE received END) FROM known
    UNION ALL
    SELECT k.case_id, 'response', -1, k.version, p.begins,
           CASE WHEN p.ends < COALESCE(k.responded, k.as_of) THEN p.ends ELSE COALESCE(k.responded, k.as_of) END
    FROM known k JOIN pause p ON p.case_id = k.case_id
    UNION ALL
    SELECT k.case_id, 'answer', -1, k.version, p.begins,
           CASE WHEN p.ends < COALESCE(k.answered, k.as_of) THEN p.ends ELSE COALESCE(k.answered, k.as_of) END
    FROM known k JOIN pause p ON p.case_id = k.case_id
), elapsed AS (
    SELECT case_id, what, SUM(sign * (ends - begins)) AS seconds,
           SUM(CASE WHEN sign < 0 THEN ends - begins ELSE 0 END) AS paused
    FROM stretch WHERE ends > begins OR sign > 0 GROUP BY case_id, what
), working AS (
    SELECT s.case_id, s.what, SUM(s.sign * (CASE WHEN s.ends < d.closes THEN s.ends ELSE d.closes END
                                          - CASE WHEN s.begins > d.opens THEN s.begins ELSE d.opens END)) AS seconds
    FROM stretch s JOIN span d ON d.version = s.version AND d.opens < s.ends AND d.closes > s.begins
    WHERE s.ends > s.begins GROUP BY s.case_id, s.what
)
SELECT k.case_id,
       er.seconds AS response_elapsed, COALESCE(wr.seconds, 0) AS response_working, k.responded IS NULL AS no_response,
       ea.seconds AS answer_elapsed, COALESCE(wa.seconds, 0) AS answer_working, k.answered IS NULL AS no_answer,
       CASE WHEN k.state = 'ignored' THEN 'no_appeal' WHEN k.state = 'silenced' THEN 'silenced'
            WHEN k.answered IS NOT NULL THEN 'answered'
            WHEN k.state = 'answered' AND k.paused = 1 THEN 'asked' ELSE 'open' END AS outcome,
       CASE WHEN k.due IS NULL THEN 'unknown'
            WHEN COALESCE(k.answered, k.as_of) - ea.paused <= k.due
            THEN CASE WHEN k.answered IS NULL THEN 'running' ELSE 'kept' END ELSE 'broken' END AS kept,
       k.correspondent
FROM known k
JOIN elapsed er ON er.case_id = k.case_id AND er.what = 'response'
JOIN elapsed ea ON ea.case_id = k.case_id AND ea.what = 'answer'
LEFT JOIN working wr ON wr.case_id = k.case_id AND wr.what = 'response'
LEFT JOIN working wa ON wa.case_id = k.case_id AND wa.what = 'answer'
ORDER BY k.case_id
"""


def query(dialect: str) -> str:
    """The query as that engine writes moments."""
    epoch = EPOCH[dialect]
    return QUERY.format(
        at=epoch.format("e.at"), received=epoch.format("c.received_at"), due=epoch.format("l.respond_by")
    )
