"""Identifiers, one type per kind of thing, so that none is passed where another is meant."""

from typing import NewType

NodeId = NewType("NodeId", str)
"""Any node of the graph; the ids below are NodeIds of one label."""

PersonId = NewType("PersonId", NodeId)
OrganizationId = NewType("OrganizationId", NodeId)
ServiceId = NewType("ServiceId", NodeId)
LocationId = NewType("LocationId", NodeId)
AreaId = NewType("AreaId", NodeId)
NeedId = NewType("NeedId", NodeId)
TeamId = NewType("TeamId", NodeId)
WorkerId = NewType("WorkerId", NodeId)
CaseId = NewType("CaseId", NodeId)
AskId = NewType("AskId", NodeId)

RelationshipId = NewType("RelationshipId", str)
OperationId = NewType("OperationId", str)
"""Chosen by the caller, once per intended change: a repeated submit carries the same one."""
