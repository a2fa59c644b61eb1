#pragma once
#include <exception>
#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace likeness {

/// What the exception that is being handled means: the one place where exceptions become Errors. Call it in a catch
/// block. People get a sentence (c10::Error's without its backtrace), the detail has everything for the log.
/// `memoryAdvice` is what to do when memory runs out, see core/train/memory_changes.h.
[[nodiscard]] Error currentFailure(const std::string& memoryAdvice);

/// Throws what a job can't do, as a sentence that says what to do instead.
[[noreturn]] void refuse(const std::string& sentence, const std::filesystem::path& file = {},
                         ErrorCode code = ErrorCode::InvalidArgument, const std::string& detail = {});

}  // namespace likeness
