-- What must always hold: each query below returns no rows. Tests, `doctor` and the Jobs page run this file.
-- Each has a name in both languages, which the Jobs page shows.

-- name: queued work has a recent bell
-- zh: 排队的任务近期响过铃
-- The sweep rings every few seconds; a minute without a bell means that nobody sweeps or the queue is away.
SELECT id, name, queued_at FROM job
WHERE state = 'queued' AND queued_at < now() - interval '1 minute' AND (rung_at IS NULL OR rung_at < now() - interval '1 minute');

-- name: running work has a live lease
-- zh: 运行中的任务都有有效的租约
SELECT id, name, owner, lease_until FROM job
WHERE state = 'running' AND (owner IS NULL OR lease_until IS NULL OR lease_until < now() - interval '90 seconds');

-- name: only running work has an owner
-- zh: 只有运行中的任务才有归属的进程
SELECT id, name, state, owner FROM job WHERE state <> 'running' AND (owner IS NOT NULL OR lease_until IS NOT NULL OR device IS NOT NULL);

-- name: only paused work says why it is paused
-- zh: 只有暂停的任务才写明暂停的原因
SELECT id, name, state, pause_reason FROM job WHERE (state = 'paused') <> (pause_reason IS NOT NULL);

-- name: one use of a device
-- zh: 每台设备同时只有一种用途
-- Those that run side by side want its engine, all of them with the same model.
SELECT device, count(*) FROM job WHERE state = 'running' AND device IS NOT NULL GROUP BY device HAVING count(DISTINCT coalesce(engine_model_id, id)) > 1;

-- name: one running job per run
-- zh: 每次运行同时只有一个任务
SELECT subject_id, name, count(*) FROM job WHERE state = 'running' GROUP BY subject_id, name HAVING count(*) > 1;

-- name: nothing was written under an epoch that does not exist
-- zh: 没有以不存在的轮次写入的内容
SELECT 'premise' AS kind, p.id::text FROM premise p JOIN premise_run r ON r.id = p.premise_run_id JOIN job j ON j.id = r.job_id WHERE p.epoch > j.epoch
UNION ALL SELECT 'story', s.id::text FROM story s JOIN story_run r ON r.id = s.story_run_id JOIN job j ON j.id = r.job_id WHERE s.epoch > j.epoch
UNION ALL SELECT 'metric', m.training_run_id || ' ' || m.step FROM metric m JOIN training_run r ON r.id = m.training_run_id JOIN job j ON j.id = r.job_id WHERE m.epoch > j.epoch
UNION ALL SELECT 'written sample', s.training_run_id || ' ' || s.step FROM written_sample s JOIN training_run r ON r.id = s.training_run_id JOIN job j ON j.id = r.job_id WHERE s.epoch > j.epoch;

-- name: every sample was written to one of its run's premises
-- zh: 每篇试写都对应该次训练的一条提要
SELECT s.training_run_id, s.step, s.ordinal FROM written_sample s
WHERE NOT EXISTS (SELECT 1 FROM sample_premise p WHERE p.training_run_id = s.training_run_id AND p.ordinal = s.ordinal);

-- name: stretches of metrics hold what was measured
-- zh: 曲线的各段与所测数值相符
-- Of the narrowest ones; the wider ones are sums of these.
SELECT s.training_run_id, s.name, s.count, m.count FROM
  (SELECT training_run_id, name, sum(count) AS count, max(first_step) + 8 AS until FROM metric_stretch WHERE width = 8 GROUP BY training_run_id, name) s
  CROSS JOIN LATERAL (SELECT count(*) FROM metric m WHERE m.training_run_id = s.training_run_id AND m.name = s.name AND m.step < s.until) m
WHERE s.count <> m.count;

-- name: no metric is older than one of an earlier step's later attempt
-- zh: 没有比前面步骤的后续尝试更旧的指标
-- A resumed run rewrites the steps after its checkpoint; an epoch may only grow along the steps.
SELECT training_run_id, step, epoch FROM (
  SELECT training_run_id, step, min(epoch) AS epoch, lag(max(epoch)) OVER (PARTITION BY training_run_id ORDER BY step) AS before
  FROM metric GROUP BY training_run_id, step) steps
WHERE epoch < before;

-- name: a finished premise run has an outcome for every passage, and one good one
-- zh: 完成的提要运行对每个切片都有结果，且至少一条可用
SELECT r.id, coalesce(r.expected, s.kept) AS expected, count(p.id) AS outcomes FROM premise_run r JOIN job j ON j.id = r.job_id AND j.state = 'succeeded'
JOIN passage_set s ON s.id = r.passage_set_id LEFT JOIN premise p ON p.premise_run_id = r.id
GROUP BY r.id, s.kept HAVING count(p.id) <> coalesce(r.expected, s.kept) OR count(*) FILTER (WHERE p.outcome = 'good') = 0;

-- name: a finished story run has an outcome for every row, and one good one
-- zh: 完成的生成对每一行都有结果，且至少一篇可用
-- A file made elsewhere may lack any.
SELECT r.id, f.row_count, count(s.id) AS outcomes FROM story_run r JOIN job j ON j.id = r.job_id AND j.state = 'succeeded' AND j.name = 'write-stories'
JOIN test_file f ON f.id = r.test_file_id LEFT JOIN story s ON s.story_run_id = r.id
GROUP BY r.id, f.row_count HAVING count(s.id) <> f.row_count OR count(*) FILTER (WHERE s.outcome = 'good') = 0;

-- name: a finished passage set holds what it says
-- zh: 完成的切片集与其所记数目相符
SELECT s.id, s.kept, count(p.id) FROM passage_set s JOIN job j ON j.id = s.job_id AND j.state = 'succeeded'
LEFT JOIN passage p ON p.passage_set_id = s.id GROUP BY s.id HAVING count(p.id) <> s.kept
  OR count(*) FILTER (WHERE p.opening) <> s.openings OR count(*) FILTER (WHERE p.ending) <> s.endings;

-- name: a finished dataset version has its hash and all its pairs
-- zh: 完成的数据集版本有哈希值，样本齐全
SELECT d.id FROM dataset_version d JOIN job j ON j.id = d.job_id AND j.state = 'succeeded'
WHERE d.sha256 IS NULL OR d.training_pairs + d.validation_pairs <> (SELECT count(*) FROM dataset_pair p WHERE p.dataset_version_id = d.id);

-- name: a file of pairs that was read holds what it says
-- zh: 读入的样本文件与其所记数目相符
SELECT i.id FROM pair_import i JOIN job j ON j.id = i.job_id AND j.state = 'succeeded'
WHERE i.accepted <> (SELECT count(*) FROM imported_pair p WHERE p.pair_import_id = i.id) OR i.rejected <> (SELECT count(*) FROM pair_import_rejection r WHERE r.pair_import_id = i.id);

-- name: a decision on pairs has what was before for each of them
-- zh: 对样本的每个决定都记有先前的状态
SELECT d.id FROM pair_decision d WHERE d.pairs <> (SELECT count(*) FROM pair_change c WHERE c.decision_id = d.id);

-- name: a finished token count has a figure for every pair
-- zh: 完成的词元计数对每个样本都有数值
SELECT t.id FROM token_count t JOIN job j ON j.id = t.job_id AND j.state = 'succeeded' JOIN dataset_version d ON d.id = t.dataset_version_id
WHERE cardinality(t.prompt_tokens) <> d.training_pairs + d.validation_pairs OR cardinality(t.answer_tokens) <> cardinality(t.prompt_tokens);

-- name: a finished training run has its adapter
-- zh: 完成的训练都有适配器
SELECT r.id FROM training_run r JOIN job j ON j.id = r.job_id AND j.state = 'succeeded'
WHERE NOT EXISTS (SELECT 1 FROM adapter a WHERE a.training_run_id = r.id);

-- name: a finished merge has its model's hash
-- zh: 完成的合并都有模型的哈希值
SELECT m.id FROM model m JOIN job j ON j.id = m.job_id AND j.state = 'succeeded' WHERE m.deleted_at IS NULL AND (m.sha256 IS NULL OR m.bytes IS NULL);

-- name: an adapter is of a training run or from elsewhere
-- zh: 适配器或出自训练，或来自别处
SELECT id FROM adapter WHERE (training_run_id IS NULL) = (import_id IS NULL);

-- name: a finished import has its adapter
-- zh: 完成的导入都有适配器
SELECT i.id FROM adapter_import i JOIN job j ON j.id = i.job_id AND j.state = 'succeeded' WHERE NOT EXISTS (SELECT 1 FROM adapter a WHERE a.import_id = i.id);

-- name: a finished download knows its files
-- zh: 完成的下载都知道自己的文件
SELECT d.id FROM model_download d JOIN job j ON j.id = d.job_id AND j.state = 'succeeded' WHERE d.files IS NULL OR d.bytes IS NULL;

-- name: a finished submission has its file's hash
-- zh: 完成的提交都有文件的哈希值
SELECT s.id FROM submission s JOIN job j ON j.id = s.job_id AND j.state = 'succeeded' WHERE s.sha256 IS NULL OR s.path IS NULL;

-- name: a ready upload is whole
-- zh: 就绪的上传都是完整的
SELECT id FROM upload WHERE state = 'ready' AND (sha256 IS NULL OR accepted + rejected <> total
  OR (kind = 'novels' AND accepted <> (SELECT count(*) FROM novel n WHERE n.upload_id = upload.id))
  OR (kind = 'test' AND accepted <> (SELECT count(*) FROM test_row r JOIN test_file f ON f.id = r.test_file_id WHERE f.upload_id = upload.id))
  OR rejected <> (SELECT count(*) FROM upload_rejection r WHERE r.upload_id = upload.id)
  OR NOT EXISTS (SELECT 1 FROM upload_file f WHERE f.upload_id = upload.id HAVING sum(f.accepted) = upload.accepted AND sum(f.rejected) = upload.rejected));

-- name: a passage lies within its chapter
-- zh: 切片都在所属的章之内
SELECT p.id FROM passage p JOIN chapter c ON c.id = p.chapter_id WHERE p.start_at < 0 OR p.end_at <= p.start_at OR p.end_at > c.characters;

-- name: a passage is marked as what it is of its chapter
-- zh: 切片所标的位置与其在章中的实际位置相符
SELECT p.id FROM passage p JOIN chapter c ON c.id = p.chapter_id
WHERE p.opening <> (p.start_at = 0) OR p.ending <> (p.end_at = c.characters) OR p.ending <> (p.ends_at = 'chapter');

-- name: every failure says what and why
-- zh: 每次失败都写明了什么、为什么
SELECT id FROM job WHERE state = 'failed' AND (error_code IS NULL OR error_text IS NULL OR error_text = '');

-- name: a premise that failed says why, and no other does
-- zh: 失败的提要写明原因，其他的没有原因
SELECT id FROM premise WHERE (outcome = 'failed') <> (error_code IS NOT NULL);

-- name: a reused answer has cost nothing
-- zh: 复用的回答没有花费
SELECT premise_run_id, passage_id, attempt FROM premise_answer WHERE is_reused AND coalesce(cost, 0) <> 0;

-- name: no key is stored in the clear
-- zh: 没有明文存放的密钥
SELECT id::text FROM endpoint WHERE key_cipher IS NOT NULL AND (length(key_cipher) < 28 OR length(coalesce(key_last_four, '')) > 4)
UNION ALL SELECT hub::text FROM hub_access WHERE token_cipher IS NOT NULL AND (length(token_cipher) < 28 OR length(coalesce(token_last_four, '')) > 4);

-- name: a finished trial of prompts has an answer or an error for each passage on each side
-- zh: 完成的提示词试验在每一侧对每个切片都有回答或错误
SELECT t.id FROM premise_trial t JOIN job j ON j.id = t.job_id AND j.state = 'succeeded'
WHERE cardinality(t.passage_ids) * jsonb_array_length(t.sides) <> (SELECT count(*) FROM premise_trial_answer a WHERE a.premise_trial_id = t.id);

-- name: a novel's characters are those of its active chapters
-- zh: 书的字数等于其现有各章之和
SELECT n.id, n.characters, sum(c.characters) FROM novel n JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
JOIN chapter c ON c.novel_id = n.id AND c.active GROUP BY n.id HAVING n.characters <> sum(c.characters);

-- name: a revision's chapters are there in its place, or those that it replaced
-- zh: 修订所得的章在位，或被它替换的章在位
SELECT r.id FROM revision r WHERE (r.undone_at IS NULL AND EXISTS (SELECT 1 FROM chapter c WHERE c.replaced_by_id = r.id AND c.active))
  OR (r.undone_at IS NOT NULL AND EXISTS (SELECT 1 FROM chapter c WHERE c.made_by_id = r.id AND c.active));

-- name: an indexed chapter can be found, from its beginning to its end
-- zh: 已编入索引的章从头到尾都能搜到
SELECT c.id FROM chapter c LEFT JOIN search_block b ON b.chapter_id = c.id WHERE c.indexed
GROUP BY c.id HAVING count(b.chapter_id) = 0 OR min(b.start_at) <> 0 OR max(b.end_at) <> c.characters OR sum(b.end_at - b.start_at) <> c.characters;

-- name: a finished search for duplicates has compared every level
-- zh: 完成的查重比较了每一层级
SELECT s.id FROM duplicate_search s JOIN job j ON j.id = s.job_id AND j.state = 'succeeded' WHERE s.novels IS NULL OR s.chapters IS NULL OR s.passages IS NULL;

-- name: a story is what its chosen try says
-- zh: 成稿与所选的那次尝试一致
SELECT s.id FROM story s LEFT JOIN story_try t ON t.story_run_id = s.story_run_id AND t.test_row_id = s.test_row_id AND t.number = s.try_number
WHERE t.id IS NULL OR t.text <> s.text OR t.flaws <> s.flaws OR t.outcome <> s.outcome OR t.finish_reason <> s.finish_reason;

-- name: a row's tries are numbered from one without a gap, and its story counts them
-- zh: 每行的各次尝试从一连续编号，成稿记有其数目
SELECT t.story_run_id, t.test_row_id FROM story_try t LEFT JOIN story s ON s.story_run_id = t.story_run_id AND s.test_row_id = t.test_row_id
GROUP BY t.story_run_id, t.test_row_id HAVING min(t.number) <> 1 OR max(t.number) <> count(*) OR max(s.attempts) IS DISTINCT FROM count(*)::int;

-- name: a vote is between two runs of its round
-- zh: 每张投票都在该轮的两次运行之间
SELECT v.id FROM vote v WHERE v.left_run_id = v.right_run_id
  OR (SELECT count(*) FROM vote_round_run r WHERE r.vote_round_id = v.vote_round_id AND r.story_run_id IN (v.left_run_id, v.right_run_id)) <> 2;

-- name: a finished play has an end for each of its columns
-- zh: 完成的试玩每一栏都有结局
SELECT c.play_id, c.place FROM play_column c JOIN job j ON j.id = c.job_id AND j.state = 'succeeded' WHERE c.state IN ('waiting', 'writing');

-- name: a play's column that failed says why, and no other does; one that was written says how it ended and what wrote it
-- zh: 试玩中失败的栏写明原因，其他的没有；写成的栏写明如何结束、由什么写成
SELECT play_id, place FROM play_column WHERE (state = 'failed') <> (error_code IS NOT NULL)
  OR (state = 'written' AND (finish_reason IS NULL OR served_name IS NULL));

-- name: a kept result is of a training run or of a story run
-- zh: 留存的结果出自训练或生成
SELECT id FROM kept_result WHERE (training_run_id IS NULL) = (story_run_id IS NULL);

-- name: a judge's answer is between two runs of its round
-- zh: 模型的评判都在同一轮的两次生成之间
SELECT a.judge_run_id FROM judge_answer a JOIN judge_run j ON j.id = a.judge_run_id WHERE a.left_run_id = a.right_run_id
  OR (SELECT count(*) FROM vote_round_run r WHERE r.vote_round_id = j.vote_round_id AND r.story_run_id IN (a.left_run_id, a.right_run_id)) <> 2;

-- name: a submission knows each of its rows, or none
-- zh: 提交记有它的每一行，或一行也没有
SELECT s.id FROM submission s JOIN story_run r ON r.id = s.story_run_id JOIN test_file f ON f.id = r.test_file_id
WHERE cardinality(s.output_prints) <> cardinality(s.try_numbers) OR cardinality(s.output_prints) NOT IN (0, f.row_count);
