# Prints what the last argument, the word at the cursor, may become after the ones before it: on each line a word, a tab
# and its help; or @file or @directory, for the shell to find those. The table of candidates is the input.

BEGIN {
  FS = "\t"
  last = ARGC - 1
  for (i = 1; i <= last; i++) { word[i] = ARGV[i]; ARGV[i] = "" }
}

{
  command[NR] = $1; models[NR] = $2; name[NR] = $3; values[NR] = $4; help[NR] = $5
  if ($3 ~ /^[a-z]/) is_command[join($1, $3)]
  if ($3 ~ /^-/ && $4 != "") takes_value[$1, $3]
}

END {
  read_line()
  current = word[last]
  lead = ""
  if (option == "" && !closed && match(current, /^--[^=]+=/)) {
    option = substr(current, 1, RLENGTH - 1)
    lead = substr(current, 1, RLENGTH)
    current = substr(current, RLENGTH + 1)
  }
  # Behind the separator another model or another value of a search begins.
  separator = option == "--model" ? "[+:]" : here == "sweep" ? "," : ""
  if (separator && match(current, ".*" separator)) lead = lead substr(current, 1, RLENGTH)
  for (row = 1; row <= NR; row++) if (command[row] == here && has_model(models[row])) offer(row)
  # Where no argument may follow, only options can.
  if (!found && option == "" && !closed)
    for (row = 1; row <= NR; row++) if (command[row] == here && has_model(models[row])) offer_option(row)
}

# Sets `here`, the command; `place`, the arguments before the cursor; `option`, the one whose value is typed; `model`.
function read_line(  i, at, typed) {
  for (i = 1; i < last; i++) {
    typed = word[i]
    if (!place && join(here, typed) in is_command) here = join(here, typed)
    else if (closed || typed !~ /^-./) place++
    else if (typed == "--") closed = 1
    else if (at = index(typed, "=")) choose(substr(typed, 1, at - 1), substr(typed, at + 1))
    else if ((here, typed) in takes_value) { if (++i == last) option = typed; else choose(typed, word[i]) }
  }
}

function choose(name, value) { if (name == "--model") model = value }

function join(command, name) { return command == "" ? name : command " " name }

# Tells whether the model typed, or one that it is made of, is among `owners`.
function has_model(owners,  members, i, parts) {
  if (owners == "" || model == "") return 1
  owners = " " owners " "
  if (index(model, "stack:") && index(owners, " stack: ")) return 1
  if (index(model, "+") && index(model, "stack:") != 1 && index(owners, " + ")) return 1
  members = split(model, parts, /stack:|\+/)
  for (i = 1; i <= members; i++) if (parts[i] != "" && index(owners, " " parts[i] " ")) return 1
  return 0
}

function offer(row) {
  if (option != "") { if (name[row] == option) offer_values(values[row]) }
  else if (!closed && current ~ /^-/) offer_option(row)
  else if (name[row] ~ /^[a-z]/) { if (!place) tell(name[row], help[row]) }
  else if (name[row] + 0 == place + 1 || (name[row] ~ /[+]$/ && name[row] + 0 <= place)) offer_values(values[row])
}

function offer_option(row) {
  if (name[row] ~ /^-/) tell(name[row], (models[row] == "" || model != "" ? "" : "(" models[row] ") ") help[row])
}

function offer_values(text,  count, i, each) {
  count = split(text, each, " ")
  for (i = 1; i <= count; i++) tell(each[i] == "-" || each[i] ~ /^@/ ? each[i] : lead each[i], "")
}

function tell(text, about) {
  found = 1
  if (text != "-" && !(text in told)) { told[text]; print text "\t" about }
}
