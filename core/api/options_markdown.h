#pragma once
#include <string>

namespace likeness {

/// The page docs/options.md: every training option with its default, unit, effect and source, and what diffusers',
/// sd-scripts' and OneTrainer's options of the same effect are called. An option that the table knows nothing of has
/// question marks there, which a test finds. Threads: any.
[[nodiscard]] std::string optionsMarkdown();

}  // namespace likeness
