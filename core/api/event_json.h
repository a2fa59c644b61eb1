#pragma once
#include "core/api/job.h"
#include "core/api/options.h"
#include "core/base/json.h"

namespace likeness {

/// The event as one JSON object, as `--json` prints it a line: {"event", "job", "seq", "time", …the payload's fields}.
/// Images are left out; numbers that are NaN become null.
[[nodiscard]] Json toJson(const JobEvent& event);

/// An error as {"code", "message", "path"}.
[[nodiscard]] Json toJson(const Error& error);

}  // namespace likeness
