#pragma once
#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace likeness {

/// Numbers for parts of a UNet, as in "down=8; mid=16; up=32; up.1=64; up.1.attentions.0=4". A part is named as in
/// diffusers, with down for down_blocks, mid for mid_block and up for up_blocks, and as far down as one likes; what
/// lies outside the blocks is conv_in, time_embedding, add_embedding, conv_norm_out and conv_out. The longest name that
/// fits counts.
using BlockValues = std::map<std::string, double>;

/// `low` … `high` are the numbers allowed, whole ones only if `whole`.
/// Errors: InvalidArgument, naming `option` and what is expected.
[[nodiscard]] Result<BlockValues> parseBlockValues(const std::string& option, const std::string& text, double low,
                                                   double high, bool whole);
/// In the spelling that parseBlockValues() reads.
[[nodiscard]] std::string blockValuesText(const BlockValues& values);

/// Whether `module`, a name within a diffusers UNet ("up_blocks.1.attentions.0…"), lies in the part.
[[nodiscard]] bool liesInBlock(const std::string& module, const std::string& block);
/// The number for a module; none if no part holds it.
[[nodiscard]] std::optional<double> blockValue(const BlockValues& values, const std::string& module);

}  // namespace likeness
