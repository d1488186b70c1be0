"""Plain vLLM offline generation: `python offline_stories.py FILE`.

FILE holds JSON: `engine`, the arguments of vllm.LLM, and `questions`, each with `messages` and `sampling`. One line of
JSON comes out: the seconds of one generate call over all questions, after one of another text, and the tokens written.
"""

import json
import sys
import time
from pathlib import Path

from vllm import LLM, SamplingParams

asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
llm = LLM(**asked["engine"])
llm.chat([{"role": "user", "content": "你好"}], SamplingParams(max_tokens=8), use_tqdm=False)
conversations = [question["messages"] for question in asked["questions"]]
sampling = [SamplingParams(**question["sampling"]) for question in asked["questions"]]
began = time.perf_counter()
outputs = llm.chat(conversations, sampling, use_tqdm=False)
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "tokens": sum(len(output.outputs[0].token_ids) for output in outputs)}))
