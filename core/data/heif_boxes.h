#pragma once
#include "core/data/byte_file.h"
#include "core/data/photo_probe.h"

namespace likeness {

/// Fills size, ICC profile and colour primaries of a HEIF or AVIF file's primary picture from its boxes; what is
/// missing or damaged stays unset. When any picture in the file is larger than the primary one, the largest size is
/// given, because the decoder may open it. Source: ISO/IEC 23008-12, 14496-12 (boxes pitm, ipco, ipma, ispe, colr).
void probeHeif(ByteFile& bytes, PhotoProbe& probe);

}  // namespace likeness
