#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/byte_file.h"
#include "core/data/photo_probe.h"

namespace likeness {

/// Each fills what the container of one kind says: size, orientation, ICC profile. Damaged or missing parts stay unset.
/// Sources: ITU-T T.81 and the ICC's and EXIF's ways of embedding; PNG (third edition); the WebP container; TIFF 6.0.
void probeJpeg(ByteFile& bytes, PhotoProbe& probe);
void probePng(ByteFile& bytes, PhotoProbe& probe);
void probeWebP(ByteFile& bytes, PhotoProbe& probe);
void probeTiff(ByteFile& bytes, PhotoProbe& probe);

}  // namespace likeness
