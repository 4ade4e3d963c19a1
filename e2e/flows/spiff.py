"""Runs flows in SpiffWorkflow, which knows nothing of ours but the files.

python spiff.py WAYS.json FOLDER: for each code of WAYS.json runs FOLDER/CODE.bpmn along each of
its ways, choosing at each gateway by the variable that the file names, and compares what was
visited. Prints what differs, a line each; nothing if all is as it should be.
"""

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Joining gateways are the model's own; what is written is called n and a number.
IS_WRITTEN = re.compile(r"n\d+$")


def exits(file):
    """Returns where each element leads, past the gateways that only join."""
    leads = {}
    for flow in ElementTree.parse(file).iter(f"{BPMN}sequenceFlow"):
        leads.setdefault(flow.get("sourceRef"), []).append(flow.get("targetRef"))
    past = lambda to: to if IS_WRITTEN.match(to) else leads[to][0]
    return {at: [past(to) for to in all] for at, all in leads.items()}


def visits(spec, leads, way):
    workflow = BpmnWorkflow(spec)
    visited, rest = [], list(way)
    # A process that does not end by itself is stopped after what no way takes.
    for _ in range(1000):
        ready = workflow.get_tasks(state=TaskState.READY)
        if not ready:
            return visited
        task = ready[0]
        name = task.task_spec.bpmn_id
        if name and IS_WRITTEN.match(name):
            visited.append(name)
            if rest and rest[0] == name:
                rest.pop(0)
            if rest and rest[0] in leads.get(name, []):
                task.data[f"choice_{name}"] = leads[name].index(rest[0]) + 1
        task.run()
    return visited + ["…"]


def main(ways, folder):
    for code, all in json.loads(Path(ways).read_text()).items():
        file = Path(folder) / f"{code}.bpmn"
        parser = BpmnParser()
        parser.add_bpmn_file(str(file))
        spec = parser.get_spec("flow")
        leads = exits(file)
        for way in all:
            visited = visits(spec, leads, way)
            if visited != way:
                print(f"{code}: visited {' '.join(visited)} and not {' '.join(way)}")


main(*sys.argv[1:])
