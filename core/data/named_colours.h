#pragma once

namespace likeness {

/// The colours of pixels that carry no ICC profile, as metadata names them: HEIF by coding points (ISO/IEC 23091-2),
/// EXIF by ColorSpace and the interoperability index (DCF 2.0: "R03" is Adobe RGB (1998)).
enum class NamedColours { Srgb, DisplayP3, AdobeRgb };

}  // namespace likeness
