"""Vectors → places on a plane that keep who is near to whom, the same on every machine and steady from night to night.

Metric multidimensional scaling of cosine distances by stress majorisation (SMACOF; de Leeuw, 1977), begun from the
classical solution (Torgerson, 1952). No random number is drawn. The rounds are counted, not stopped by a threshold,
at which two machines might part.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROUNDS = 200
NEIGHBOURS = 3
"""Known points whose middle is the first place of a new one."""

Points = NDArray[np.float64]


def place_points(vectors: Points, is_old: NDArray[np.bool_]) -> Points:
    """Place vectors on a plane.

    The old ones are placed among themselves first, and the others put beside their nearest old ones before all are
    moved together: what is added later shifts the picture but neither turns nor mirrors it.

    Args:
        vectors: unit length, shape (n, dims).
        is_old: shape (n,); the points the picture starts from. Where fewer than three are, all are.

    Returns:
        Shape (n, 2), centred.
    """
    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, None)
    np.fill_diagonal(distances, 0.0)
    old = np.flatnonzero(is_old)
    if len(old) < NEIGHBOURS:
        old = np.arange(len(vectors))
    among = distances[np.ix_(old, old)]
    points = np.zeros((len(vectors), 2))
    points[old] = _upright(_majorise(_classical(among), among))
    for new in np.setdiff1d(np.arange(len(vectors)), old):
        nearest = old[np.argsort(distances[new, old], kind="stable")[:NEIGHBOURS]]
        points[new] = points[nearest].mean(axis=0)
    return _majorise(points, distances) if len(old) < len(vectors) else points


def _classical(distances: Points) -> Points:
    """Return the two principal coordinates, shape (n, 2)."""
    count = len(distances)
    centring = np.eye(count) - 1.0 / count
    values, axes = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    points = np.zeros((count, 2))
    two = axes[:, ::-1][:, :2] * np.sqrt(np.clip(values[::-1][:2], 0.0, None))
    points[:, : two.shape[1]] = two
    return points


def _majorise(points: Points, distances: Points) -> Points:
    """Lower the raw stress by Guttman transforms."""
    for _ in range(ROUNDS):
        squares = (points**2).sum(axis=1)
        apart = np.sqrt(np.clip(squares[:, None] + squares[None, :] - 2.0 * points @ points.T, 0.0, None))
        pull = -np.divide(distances, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        pull[np.diag_indices_from(pull)] = -pull.sum(axis=1)
        points = pull @ points / len(points)
    centred: Points = points - points.mean(axis=0)
    return centred


def _upright(points: Points) -> Points:
    """Lay the longest side across, and the farthest point of each axis to the right and to the top."""
    axes = np.linalg.eigh(points.T @ points)[1][:, ::-1]
    turned: Points = points @ axes
    farthest = np.argmax(np.abs(turned), axis=0)
    return turned * np.where(turned[farthest, [0, 1]] < 0, -1.0, 1.0)
