"""Text becomes float32 vectors of unit length."""

from overheard.vectors.encode import Chunk, Encoder, encode_missing, key_of_text, missing_chunks
from overheard.vectors.load import encoder_id_of, inner_encoder_id, load_encoder, load_inner_encoder

__all__ = [
    "Chunk",
    "Encoder",
    "encode_missing",
    "encoder_id_of",
    "inner_encoder_id",
    "key_of_text",
    "load_encoder",
    "load_inner_encoder",
    "missing_chunks",
]
