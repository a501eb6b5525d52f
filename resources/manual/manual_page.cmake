# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later

# cmake -DCMARK=… -DFROM=page.md -DTO=page.1 -DNAME=page -DSECTION=1 -DABOUT="what it is" -P manual_page.cmake
execute_process(COMMAND ${CMARK} --to man --extension table ${FROM} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(TOUPPER ${NAME} title)
file(WRITE ${TO} ".TH ${title} ${SECTION} \"\" Sockeye\n.SH NAME\n${NAME} \\- ${ABOUT}\n${text}")
